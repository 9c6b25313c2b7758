package delivery.release.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** The cheapest way to a situation, one move after the other; none if the release is there already. */
public record Way(List<Move> moves) {

    private record Reached(Optional<Standing> standing, List<Move> moves) {

        int cost() {
            return moves.stream().mapToInt(Move::cost).sum();
        }
    }

    public Way {
        moves = List.copyOf(moves);
    }

    /** From nothing: a release is made. */
    public static Way fromNothing(Situation wanted) {
        return find(Optional.empty(), wanted).orElseThrow();
    }

    /** From where a release stands; empty if none leads there, or the scenario has to see it deployed. */
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
