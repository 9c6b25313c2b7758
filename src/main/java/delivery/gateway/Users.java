package delivery.gateway;

import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Users of a host who keep their cookies from one sample to the next: they send back the cookies that a router or the
 * application set in their first answers. Safe for use by many threads.
 */
public final class Users {

    private final String host;
    private final Map<Integer, Cookies> cookies = new ConcurrentHashMap<>();
    private final Map<Integer, String> first = new ConcurrentHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public Users(String host) {
        this.host = host;
    }

    public String host() {
        return host;
    }

    /** Returns the names of the cookies that they were given; empty if there were none. */
    public Set<String> cookies() {
        return new TreeSet<>(names);
    }

    Answer ask(int number, GatewayClient gateway, Endpoint endpoint) {
        Answer answer = gateway.ask(host, endpoint, cookies.computeIfAbsent(number, unused -> new Cookies()));
        names.addAll(answer.cookies());
        Optional<String> before = answer.version().map(version -> first.putIfAbsent(number, version));
        return answer.toUserOf(before);
    }
}
