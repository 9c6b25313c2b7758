package delivery.criteria;

/**
 * One box of the checklist.
 *
 * @param id      never changes: BG-1
 * @param section of the checklist: Blue-Green Strategy
 * @param words   those of the task, in Markdown
 */
public record Criterion(String id, String section, String words) {
}
