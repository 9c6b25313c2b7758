package delivery.layout;

import delivery.rollout.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layout of a delivery, as a survey found it.
 *
 * @param rollout  the Rollout that releases; empty if it is not known which
 * @param image    the image of the release's own container; empty if it is not known
 * @param places   the places in the values that a release has to change
 * @param findings the findings, in the order of the items; an item may have several
 */
public record Layout(Optional<Rollout> rollout, Optional<ContainerImage> image, ValuePlaces places,
        List<Finding> findings) {

    /** The items that must be known before a release can be made. */
    static final List<Item> NEEDED = List.of(Item.PACKAGING, Item.ROLLOUT, Item.IMAGE, Item.STRATEGY,
            Item.ROUTE, Item.SERVICE, Item.VALUE_TAG, Item.VALUE_HOST, Item.VALUE_STRATEGY, Item.BUILD);

    public Layout {
        findings = List.copyOf(findings);
    }

    public Optional<Finding> of(Item item) {
        return findings.stream().filter(finding -> finding.item() == item).findFirst();
    }

    /** The Rollout that the setting names; empty if the setting is not given. There may be other Rollouts, too. */
    public Optional<String> chosen() {
        return of(Item.ROLLOUT).filter(found -> found.state() == Finding.State.SET).map(Finding::value);
    }

    /** The host by which users reach the live release; empty if no route names one. */
    public Optional<String> host() {
        return of(Item.HOST).filter(Finding::isKnown).map(host -> host.value().split(",")[0]);
    }

    /** How users reach the live release. */
    public Exposure exposure() {
        return new Exposure(host(), of(Item.SERVICE).filter(Finding::isKnown).map(Finding::value));
    }

    /**
     * The namespace of the release. With Kustomize, the overlay may set it, and the Application name another or none.
     */
    public String namespace(String destination) {
        return rollout.map(Rollout::namespace).filter(name -> !name.isEmpty()).orElse(destination);
    }

    /** The same layout with further findings. */
    public Layout with(List<Finding> further) {
        return new Layout(rollout, image, places, Stream.concat(findings.stream(), further.stream())
                .sorted(Comparator.comparing(Finding::item)).toList());
    }

    /** The same layout with another finding for the item. */
    public Layout instead(Finding known) {
        return new Layout(rollout, image, places, findings.stream().filter(finding -> finding.item() != known.item())
                .toList()).with(List.of(known));
    }

    /** The reasons why no release can be made with this layout, one sentence each; empty if one can. */
    public List<String> refusals() {
        return refused().stream().map(Finding::sentence).toList();
    }

    /** The obstacles, without those that follow from another one. */
    List<Finding> refused() {
        List<Finding> refused = findings.stream().filter(Layout::isInTheWay).toList();
        return Stream.of(Item.PACKAGING, Item.ROLLOUT, Item.STRATEGY).map(root -> refused.stream()
                .filter(finding -> finding.item() == root).toList()).filter(found -> !found.isEmpty()).findFirst()
                .orElse(refused);
    }

    /**
     * Whether a finding is an obstacle. A gateway that is not named is a question; one that does not answer is the
     * environment's problem.
     */
    private static boolean isInTheWay(Finding finding) {
        return NEEDED.contains(finding.item()) && (!finding.isKnown() || finding.state() == Finding.State.FAULT)
                || finding.item() == Item.GATEWAY && !finding.isKnown();
    }

    /**
     * The reasons why nothing can be proved in place, one sentence each.
     *
     * @param paused whether automated sync is paused in the meantime
     */
    public List<String> refusalsInPlace(boolean paused) {
        return new Provability(this, true, paused).refused().stream().map(Finding::sentence).toList();
    }

    /** The obstacles to a proof in place, which does not need a host for copies. */
    List<Finding> refusedInPlace() {
        return Stream.concat(findings.stream().filter(finding -> finding.item() == Item.IN_PLACE
                && finding.state() == Finding.State.NONE), findings.stream().filter(finding ->
                finding.item() != Item.VALUE_HOST && finding.item() != Item.PACKAGING && isInTheWay(finding))).toList();
    }

    /** The reason why the delivery cannot serve anybody, whatever is released; empty if no such reason is known. */
    public Optional<String> unserved() {
        Set<Item> serving = Set.of(Item.SERVICES, Item.ROUTER, Item.ROUTE);
        return findings.stream().filter(finding -> serving.contains(finding.item())
                && finding.state() == Finding.State.FAULT).map(Finding::sentence).findFirst();
    }
}
