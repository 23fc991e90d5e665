package io.corral.weaver;

import io.corral.runtime.jdk.TestedJdks;
import io.corral.weaver.threads.WeavePoint.Target;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a JDK that is not installed: compiled from {@code src/test/shapes}, or those of
 * the newest tested JDK if they have no shape there. They have that JDK's class file version.
 */
public record NewerJdk(String name, int feature, Path classFiles) {

    private static final Path SHAPES = Path.of("src", "test", "shapes");

    /** The offset of a class file's version, and that of feature release 0. */
    private static final int VERSION_OFFSET = 7;

    private static final int VERSION_OF_0 = 44;

    private static final List<NewerJdk> COMPILED = List.of(
            compiled("JDK 26", 26, "released"),
            compiled("JDK 27", 27, "released"),
            compiled("JDK with a proposed change", 27, "proposed"));

    /** The newest tested JDK, from which classes without a shape are; null if not installed. */
    private static final @Nullable JdkImage NEWEST_TESTED = JdkImage.all()
            .filter(each -> each.feature() == TestedJdks.NEWEST)
            .findAny()
            .orElse(null);

    /** The JDKs newer than the tested ones. */
    public static Stream<NewerJdk> all() {
        return COMPILED.stream();
    }

    private static NewerJdk compiled(String name, int feature, String shapes) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "shapes", name));
            compile(List.of(SHAPES.resolve("both"), SHAPES.resolve(shapes)), folder);
            return new NewerJdk(name, feature, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void compile(List<Path> roots, Path into) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(each -> each.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        String patch = "java.base=" + roots.get(0) + File.pathSeparator + roots.get(1);
        List<String> options =
                List.of("--patch-module", patch, "-d", into.toString(), "-nowarn", "-proc:none");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!isCompiled) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    public byte[] classFile(Target target) {
        byte[] classFile = classFile(target.internalName());
        if (classFile == null) {
            throw new IllegalStateException("no shape of " + target.internalName());
        }
        return classFile;
    }

    /** The class file of a class; null if there is neither a shape nor an installed JDK 25. */
    public byte @Nullable [] classFile(String internalName) {
        Path file = classFiles.resolve(internalName + ".class");
        if (!Files.exists(file) && (NEWEST_TESTED == null || !NEWEST_TESTED.has(internalName))) {
            return null;
        }
        try {
            byte[] classFile = Files.exists(file)
                    ? Files.readAllBytes(file)
                    : NEWEST_TESTED.classFile(internalName);
            classFile[VERSION_OFFSET] = (byte) (VERSION_OF_0 + feature);
            return classFile;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
