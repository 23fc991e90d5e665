package io.corral.integration.support;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Damaged copies of the agent's jar. */
public final class DamagedAgentJar {

    private DamagedAgentJar() {}

    /** Damages the bytes of one class file, or returns null to drop it. */
    public interface Damage {
        byte @Nullable [] apply(byte[] classFile);
    }

    public static Damage removed() {
        return classFile -> null;
    }

    public static Damage truncated() {
        return classFile -> Arrays.copyOf(classFile, classFile.length / 2);
    }

    public static Damage emptied() {
        return replaced(new byte[0]);
    }

    /** Flips one bit in the middle. */
    public static Damage oneBitFlipped() {
        return bytes -> {
            byte[] changed = bytes.clone();
            changed[bytes.length / 2] ^= 1;
            return changed;
        };
    }

    public static Damage replaced(byte[] other) {
        return classFile -> other;
    }

    /** Replaces a name in the constant pool by another of the same length. */
    public static Damage renamed(String name, String other) {
        byte[] from = constant(name);
        byte[] to = constant(other);
        return classFile -> {
            byte[] changed = classFile.clone();
            int found = 0;
            for (int i = 0; i + from.length <= changed.length; i++) {
                if (Arrays.equals(changed, i, i + from.length, from, 0, from.length)) {
                    System.arraycopy(to, 0, changed, i, to.length);
                    found++;
                }
            }
            if (found == 0 || from.length != to.length) {
                throw new IllegalArgumentException("can't rename " + name + " to " + other
                        + ": not found, or of another length");
            }
            return changed;
        };
    }

    /** A CONSTANT_Utf8: its tag, its length in two bytes, its bytes. */
    private static byte[] constant(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] constant = new byte[bytes.length + 3];
        constant[0] = 1;
        constant[1] = (byte) (bytes.length >> 8);
        constant[2] = (byte) bytes.length;
        System.arraycopy(bytes, 0, constant, 3, bytes.length);
        return constant;
    }

    /**
     * Writes a copy of the jar with one damaged class or entry.
     *
     * @param name the name of an entry, or the internal name of a class, which may be an entry or
     *     in the image
     */
    public static Path copy(Path folder, String name, Damage damage) {
        Path copy = folder.resolve("damaged-agent.jar");
        boolean isFound = false;
        try (ZipFile jar = new ZipFile(ForkedJvm.agentJar());
                OutputStream file = Files.newOutputStream(copy);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry from : Collections.list(jar.entries())) {
                byte[] bytes = jar.getInputStream(from).readAllBytes();
                byte @Nullable [] to = bytes;
                if (from.getName().equals(name) || from.getName().equals(name + ".class")) {
                    to = damage.apply(bytes);
                    isFound = true;
                } else if (from.getName().equals(AgentImage.ENTRY)) {
                    AgentImage image = AgentImage.of(bytes);
                    isFound |= damage(image, name, damage);
                    to = image.bytes();
                }
                if (to != null) {
                    out.putNextEntry(new ZipEntry(from.getName()));
                    out.write(to);
                    out.closeEntry();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (!isFound) {
            throw new IllegalArgumentException("no " + name + " in " + ForkedJvm.agentJar());
        }
        return copy;
    }

    private static boolean damage(AgentImage image, String name, Damage damage) {
        for (Map<String, byte[]> part : image.parts()) {
            byte[] classFile = part.get(name);
            if (classFile != null) {
                byte[] damaged = damage.apply(classFile);
                if (damaged == null) {
                    part.remove(name);
                } else {
                    part.put(name, damaged);
                }
                return true;
            }
        }
        return false;
    }
}
