package delivery.gateway;

import delivery.traffic.Answer;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import delivery.traffic.Sample;
import java.time.Duration;
import java.util.Set;

/** Users who call one host of the gateway. */
public final class HostEntrance implements Entrance {

    private final Gateway gateway;
    private final String host;
    private final Users users;

    public HostEntrance(Gateway gateway, String host) {
        this.gateway = gateway;
        this.host = host;
        this.users = new Users(host);
    }

    @Override
    public Answer ask(Endpoint endpoint) {
        return gateway.ask(host, endpoint);
    }

    @Override
    public Sample sample(Endpoint endpoint, int requests, int sideBySide) {
        return gateway.sample(users, endpoint, requests, sideBySide);
    }

    @Override
    public Sample sample(Endpoint endpoint, int requests, Duration over) {
        return gateway.sample(users, endpoint, requests, over);
    }

    @Override
    public Sample newcomers(Endpoint endpoint, int requests, int sideBySide) {
        return gateway.sample(new Users(host), endpoint, requests, sideBySide);
    }

    @Override
    public BackgroundTraffic watch(Endpoint endpoint, Duration atMost, double perSecond) {
        return gateway.watch(host, endpoint, atMost, perSecond);
    }

    @Override
    public BackgroundTraffic observe(Endpoint endpoint, Duration atMost, double perSecond) {
        return gateway.observe(host, endpoint, atMost, perSecond);
    }

    @Override
    public Set<String> cookies() {
        return users.cookies();
    }

    @Override
    public String command(Endpoint endpoint) {
        return "curl -s -H 'Host: " + host + "' " + gateway.url() + endpoint.path();
    }

    @Override
    public String name() {
        return host;
    }

    @Override
    public boolean isRouted() {
        return true;
    }

    @Override
    public String toString() {
        return "the gateway";
    }
}
