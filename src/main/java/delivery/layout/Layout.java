package delivery.layout;

import delivery.rollout.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was found of a delivery.
 *
 * @param rollout  the one that releases; empty if it is not known which
 * @param image    of its own container; empty if it is not known
 * @param places   where the values say what a release is made of
 * @param findings one an item, in the items' order; some have several
 */
public record Layout(Optional<Rollout> rollout, Optional<ContainerImage> image, ValuePlaces places,
        List<Finding> findings) {

    /** No release can be made without these. */
    static final List<Item> NEEDED = List.of(Item.PACKAGING, Item.ROLLOUT, Item.IMAGE, Item.STRATEGY,
            Item.ROUTE, Item.SERVICE, Item.VALUE_TAG, Item.VALUE_HOST, Item.VALUE_STRATEGY, Item.BUILD);

    public Layout {
        findings = List.copyOf(findings);
    }

    public Optional<Finding> of(Item item) {
        return findings.stream().filter(finding -> finding.item() == item).findFirst();
    }

    /** Name of the Rollout that a setting names, which may have others beside it. */
    public Optional<String> chosen() {
        return of(Item.ROLLOUT).filter(found -> found.state() == Finding.State.SET).map(Finding::value);
    }

    /** The host under which users ask the live release; empty if no route names one. */
    public Optional<String> host() {
        return of(Item.HOST).filter(Finding::isKnown).map(host -> host.value().split(",")[0]);
    }

    /** How users ask the live release. */
    public Exposure exposure() {
        return new Exposure(host(), of(Item.SERVICE).filter(Finding::isKnown).map(Finding::value));
    }

    /** Where the release is: of Kustomize the overlay may say so, and the Application another one or none. */
    public String namespace(String destination) {
        return rollout.map(Rollout::namespace).filter(name -> !name.isEmpty()).orElse(destination);
    }

    /** The same, and what else was found. */
    public Layout with(List<Finding> further) {
        return new Layout(rollout, image, places, Stream.concat(findings.stream(), further.stream())
                .sorted(Comparator.comparing(Finding::item)).toList());
    }

    /** The same, but for an item of which this is known. */
    public Layout instead(Finding known) {
        return new Layout(rollout, image, places, findings.stream().filter(finding -> finding.item() != known.item())
                .toList()).with(List.of(known));
    }

    /** Why no release can be made by what is known, one sentence each; empty if one can. */
    public List<String> refusals() {
        return refused().stream().map(Finding::sentence).toList();
    }

    /** Of what follows from something else that is in the way nothing is said. */
    List<Finding> refused() {
        List<Finding> refused = findings.stream().filter(Layout::isInTheWay).toList();
        return Stream.of(Item.PACKAGING, Item.ROLLOUT, Item.STRATEGY).map(root -> refused.stream()
                .filter(finding -> finding.item() == root).toList()).filter(found -> !found.isEmpty()).findFirst()
                .orElse(refused);
    }

    /** That a gateway does not answer is another's; that none is named is a question. */
    private static boolean isInTheWay(Finding finding) {
        return NEEDED.contains(finding.item()) && (!finding.isKnown() || finding.state() == Finding.State.FAULT)
                || finding.item() == Item.GATEWAY && !finding.isKnown();
    }

    /** Why nothing can be proved in place, one sentence each. */
    public List<String> refusalsInPlace() {
        return refusedInPlace().stream().map(Finding::sentence).toList();
    }

    /** A copy's host is not needed in place. */
    List<Finding> refusedInPlace() {
        return Stream.concat(findings.stream().filter(finding -> finding.item() == Item.IN_PLACE
                && finding.state() == Finding.State.NONE), findings.stream().filter(finding ->
                finding.item() != Item.VALUE_HOST && finding.item() != Item.PACKAGING && isInTheWay(finding))).toList();
    }

    /** Why nobody can be served by it, whatever is released; empty if nothing of that is known. */
    public Optional<String> unserved() {
        Set<Item> serving = Set.of(Item.SERVICES, Item.ROUTER, Item.ROUTE);
        return findings.stream().filter(finding -> serving.contains(finding.item())
                && finding.state() == Finding.State.FAULT).map(Finding::sentence).findFirst();
    }
}
