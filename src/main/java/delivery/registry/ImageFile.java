package delivery.registry;

/**
 * A file as an image has it.
 *
 * @param mode  its rights, as a file system has them
 * @param user  whose it is, by number
 * @param group whose it is, by number
 */
record ImageFile(byte[] content, int mode, long user, long group) {
}
