package io.corral.runtime.control;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file in which the kernel shows numbers. */
final class KernelFile {

    private static final String[] NONE = {};

    private KernelFile() {}

    /** The lines; none if there is no such file, or if it can't be read. */
    static String[] lines(String path) {
        try (InputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n", -1);
        } catch (IOException | SecurityException unreadable) {
            return NONE;
        }
    }
}
