package delivery.layout;

import delivery.argocd.ApplicationSource;
import java.util.Map;

/** Finds out whether an Application can be proved in place, as far as that is known without changing it. */
final class InPlaceSurvey {

    /** The annotation that lists the images that Image Updater updates. */
    private static final String UPDATED = "argocd-image-updater.argoproj.io/image-list";

    /** The fields that a run changes, by the type of the source. */
    private static final Map<String, String> CHANGES = Map.of("Helm", "Helm's parameters and values",
            "Kustomize", "Kustomize's images and patches", "Directory", "the image in its Rollout, as kubectl argo"
                    + " rollouts set image does; automated sync is paused meanwhile, as it would put the image of Git"
                    + " back");

    private InPlaceSurvey() {
    }

    /**
     * Reports that the Application can be proved in place, or why not.
     *
     * @param places the places in the delivery's values that a release has to change
     */
    static Finding of(ApplicationSurvey application, ValuePlaces places) {
        Finding owner = application.owner();
        if (owner.state() != Finding.State.NONE) {
            return impossible(owner.value() + " owns the Application, by " + owner.reason() + "; prove it by copies,"
                    + " or prove an Application that has no owner");
        }
        if (application.application().at("/metadata/annotations").has(UPDATED)) {
            return impossible("Argo CD Image Updater, by the annotation " + UPDATED + ", would set the image while"
                    + " criteria are proved; prove it by copies, which it leaves alone");
        }
        if (ApplicationSource.rendering(application.application().path("spec")).size() > 1) {
            return impossible("several of spec.sources render objects; prove it by copies");
        }
        if (application.isHydrated()) {
            return impossible("spec.sourceHydrator has Argo CD deploy a commit that it rendered, where no parameter"
                    + " changes the version; prove an Application whose spec.source is its drySource");
        }
        String type = application.type();
        if (!CHANGES.containsKey(type)) {
            return impossible("Argo CD renders it as " + (type.isEmpty() ? "nothing yet" : type) + ", where no"
                    + " parameter of the Application changes the version; have it rendered by Helm or Kustomize");
        }
        if (places.tag().isEmpty() && type.equals("Directory")) {
            return impossible("it is not known which image of the Rollout is the release's own; set CONTAINER");
        }
        if (places.tag().isEmpty()) {
            return impossible("it is not known which parameter of the Application changes the version; set VALUE_TAG");
        }
        return Finding.found(Item.IN_PLACE, "possible", "MODE=in-place changes the Application itself and puts it back,"
                + " by " + CHANGES.get(type));
    }

    private static Finding impossible(String why) {
        return Finding.none(Item.IN_PLACE, "not possible", why);
    }
}
