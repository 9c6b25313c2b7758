package delivery.release.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** The cheapest way to a situation, as a list of moves; empty if the release is there already. */
public record Way(List<Move> moves) {

    private record Reached(Optional<Standing> standing, List<Move> moves) {

        int cost() {
            return moves.stream().mapToInt(Move::cost).sum();
        }
    }

    public Way {
        moves = List.copyOf(moves);
    }

    /** The way to a situation that begins with the creation of a release. */
    public static Way fromNothing(Situation wanted) {
        return find(Optional.empty(), wanted).orElseThrow();
    }

    /** The way from a release's standing; empty if none leads there, or if the deployment itself has to be seen. */
    public static Optional<Way> from(Standing standing, Situation wanted) {
        return wanted.fromTheBeginning() ? Optional.empty() : find(Optional.of(standing), wanted);
    }

    private static Optional<Way> find(Optional<Standing> begin, Situation wanted) {
        PriorityQueue<Reached> open = new PriorityQueue<>(Comparator.comparingInt(Reached::cost));
        Set<Optional<Standing>> closed = new HashSet<>();
        open.add(new Reached(begin, List.of()));
        while (!open.isEmpty()) {
            Reached next = open.remove();
            if (next.standing().filter(standing -> standing.serves(wanted)).isPresent()) {
                return Optional.of(new Way(next.moves()));
            }
            if (closed.add(next.standing())) {
                for (Move move : Move.values()) {
                    move.from(next.standing(), wanted).ifPresent(there -> {
                        List<Move> longer = new ArrayList<>(next.moves());
                        longer.add(move);
                        open.add(new Reached(Optional.of(there), longer));
                    });
                }
            }
        }
        return Optional.empty();
    }

    int cost() {
        return moves.stream().mapToInt(Move::cost).sum();
    }
}
