package delivery.criteria;

/**
 * One box of the checklist.
 *
 * @param id      stable: BG-1
 * @param section of the checklist: Blue-Green Strategy
 * @param words   the task's own, in Markdown
 */
public record Criterion(String id, String section, String words) {
}
