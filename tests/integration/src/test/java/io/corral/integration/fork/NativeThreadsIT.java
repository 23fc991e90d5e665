package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.ForkedJvm.Outcome;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.ThreadCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that were made outside Java and attach: in the root, without a fork, with an exit. */
class NativeThreadsIT {

    /** The first JDK with {@code java.lang.foreign} for all. */
    private static final int FOREIGN_SINCE = 22;

    @TempDir
    private static Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> jdksWithForeignCalls() {
        return jdks().filter(jdk -> jdk.feature() >= FOREIGN_SINCE);
    }

    @Scenario(21)
    @ParameterizedTest
    @MethodSource("jdks")
    void nativeThreadAttachedByJniExitsFromTheRoot(Jdk jdk) throws Exception {
        Optional<Path> library = jniLibrary(jdk);
        if (library.isEmpty()) {
            System.out.println(
                    "skipped: no C compiler or no jni.h found; no thread attaches by JNI");
        }
        assumeTrue(library.isPresent());
        check(ForkedJvm.on(jdk)
                .optimizing()
                .flags("--enable-native-access=ALL-UNNAMED")
                .runMain(
                        NativeThreadsProgram.class,
                        JniThreads.class.getName(),
                        library.get().toString()));
    }

    @Tag("full")
    @Scenario(21)
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithForeignCalls")
    void nativeThreadAttachedByAnUpcallExitsFromTheRoot(Jdk jdk) throws Exception {
        Path source = folder.resolve("UpcallThreads.java");
        Files.writeString(source, NativeSources.UPCALL_THREADS);
        run(jdk, jdk.command("javac"), "-d", folder.toString(), source.toString());
        check(ForkedJvm.on(jdk)
                .optimizing()
                .flags("--enable-native-access=ALL-UNNAMED")
                .runMain(NativeThreadsProgram.class, "UpcallThreads", folder.toString()));
    }

    @Scenario(118)
    @ParameterizedTest
    @MethodSource("jdks")
    void nativeThreadWithALongPastIsChargedForWhatItUsesWhileAttached(Jdk jdk) throws Exception {
        Optional<Path> library =
                jniLibrary(jdk, "old_native_thread", NativeSources.OLD_NATIVE_THREAD);
        if (library.isEmpty()) {
            System.out.println(
                    "skipped: no C compiler or no jni.h found; no thread attaches by JNI");
        }
        assumeTrue(library.isPresent());
        Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .flags("--enable-native-access=ALL-UNNAMED", CpuLoad.FLAG)
                .runMain(NativePastProgram.class, library.get().toString());
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.number("exits")).isEqualTo(NativePastProgram.ATTACHMENTS);
        long attached = outcome.number("attachedNanos");
        // The thread has also burnt 500 ms before it attached, and its clock includes all of that
        // each time.
        assertThat(outcome.number("chargedNanos"))
                .isBetween(attached, attached + NativePastProgram.ATTACHMENTS * 20_000_000L);
    }

    private static void check(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.errLines()).noneMatch(line -> line.startsWith("corral:"));
        assertThat(outcome.value("current")).isEqualTo("main:/");
        assertThat(outcome.value("of")).isEqualTo("main:/");
        assertThat(outcome.number("listed")).isEqualTo(1);
        assertThat(outcome.value("child")).isEqualTo("main:/threads/child");
        assertThat(outcome.value("entered")).isEqualTo("main:/native/entered");
        assertThat(outcome.number("left")).isZero();
        // Each of the native threads starts one child, which is in no root.
        assertThat(outcome.number("rootForks")).isZero();
        assertThat(outcome.number("rootExits")).isEqualTo(NativeThreadsProgram.THREADS);
        assertThat(outcome.value("children"))
                .isEqualTo(new ThreadCounts(
                                0, NativeThreadsProgram.THREADS, NativeThreadsProgram.THREADS)
                        .toString());
        assertThat(outcome.number("rootMembers")).isZero();
        assertThat(outcome.value("starter")).isEqualTo(new ThreadCounts(0, 0, 0).toString());
        assertThat(outcome.number("toldForks")).isEqualTo(NativeThreadsProgram.THREADS);
        // The children count, and so do native threads if the subsystem has learned of their
        // adoption.
        assertThat(outcome.number("toldExits"))
                .isBetween((long) NativeThreadsProgram.THREADS, 2L * NativeThreadsProgram.THREADS);
    }

    private static Optional<Path> jniLibrary(Jdk jdk) throws Exception {
        return jniLibrary(jdk, "jni_threads", NativeSources.JNI_THREADS);
    }

    private static Optional<Path> jniLibrary(Jdk jdk, String name, String code) throws Exception {
        Path include = jdk.home().resolve("include");
        Path platform = include.resolve("linux");
        if (!Files.isReadable(include.resolve("jni.h")) || !Files.isDirectory(platform)) {
            return Optional.empty();
        }
        Path source = folder.resolve(name + ".c");
        Files.writeString(source, code);
        Path library = folder.resolve("lib" + name + "-" + jdk.feature() + ".so");
        for (String compiler : List.of("cc", "gcc", "clang")) {
            try {
                run(
                        jdk,
                        compiler,
                        "-shared",
                        "-fPIC",
                        "-pthread",
                        "-I" + include,
                        "-I" + platform,
                        "-o",
                        library.toString(),
                        source.toString());
                return Optional.of(library);
            } catch (IOException notInstalled) {
                // The child thread.
            }
        }
        return Optional.empty();
    }

    private static void run(Jdk jdk, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(jdk + ": " + said).isZero();
    }
}
