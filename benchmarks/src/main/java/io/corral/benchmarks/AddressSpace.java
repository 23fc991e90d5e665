package io.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the kernel lays this process's memory, and that of those it starts: JVMs at the same addresses differ
 * by less.
 */
final class AddressSpace {

    /** In hexadecimal, as of personality(2). */
    private static final Path PERSONALITY = Path.of("/proc/self/personality");

    /** The kernel's {@code ADDR_NO_RANDOMIZE}. */
    private static final int NOT_RANDOM = 0x40000;

    private AddressSpace() {}

    /** What stood before the command that made this so; empty where addresses are random, or it is not known. */
    static String prefix() {
        try {
            return prefix(Files.readString(PERSONALITY));
        } catch (IOException e) {
            return "";
        }
    }

    static String prefix(String personality) {
        return (Integer.parseUnsignedInt(personality.trim(), 16) & NOT_RANDOM) == 0
                ? ""
                : "setarch -R ";
    }
}
