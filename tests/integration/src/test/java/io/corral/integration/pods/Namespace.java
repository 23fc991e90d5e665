package io.corral.integration.pods;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container in the sense of Kubernetes, made by the commands of util-linux: a root file system
 * that is mounted read-only, volumes, its own processes, a user without rights. It shares the
 * network with this machine.
 */
final class Namespace {

    private static final String PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

    /** What the commands need before they run the program, which has none of these. */
    private static final String RIGHTS = "-all,+sys_chroot,+setuid,+setgid";

    /** What a container's runtime puts into each root file system. */
    private static final List<String> FILES_OF_THE_RUNTIME =
            List.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    private final Path root;
    private final StringBuilder mounts = new StringBuilder();
    private final List<String> environment = new ArrayList<>();
    private @Nullable Path quota;
    private long processesOf;

    /** @param root the files of the image; mount points are made in it */
    Namespace(Path root) throws IOException {
        this.root = root;
        line("mount --bind " + quoted(root) + " " + quoted(root));
        mount("proc", "-t proc proc");
        mount("dev", "--rbind /dev");
        mount("sys/fs/cgroup", "--rbind /sys/fs/cgroup");
        for (String file : FILES_OF_THE_RUNTIME) {
            if (Files.exists(Path.of(file))) {
                Path point = root.resolve(file.substring(1));
                Files.createDirectories(point.getParent());
                Files.write(point, new byte[0]);
                line("mount --bind " + file + " " + quoted(point));
            }
        }
    }

    /** Why this machine can't run one; null if it can. */
    static @Nullable String whyNone() {
        if (!Files.isExecutable(Path.of("/usr/bin/unshare"))
                || !Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            return "no unshare and setpriv of util-linux";
        }
        boolean mayMount = ForkedJvm.on(Jdk.newest())
                        .runCommand(List.of("unshare", "--mount", "--pid", "--fork", "true"))
                        .exitCode()
                == 0;
        return mayMount ? null : "only root may make namespaces";
    }

    /** @param volume a folder of this machine */
    Namespace volume(Path volume, String at, boolean isReadOnly) {
        mount(at.substring(1), "--bind " + quoted(volume));
        if (isReadOnly) {
            line("mount -o remount,bind,ro " + quoted(root.resolve(at.substring(1))));
        }
        return this;
    }

    /** A folder of this machine, at the same path. */
    Namespace shared(Path folder) {
        return volume(folder, folder.toString(), true);
    }

    Namespace emptyFolder(String at) {
        mount(at.substring(1), "-t tmpfs tmpfs");
        return this;
    }

    Namespace environment(String name, String value) {
        environment.add(name + "=" + value);
        return this;
    }

    /** @param processes the file of a group of the kernel that it joins */
    Namespace quota(Path processes) {
        quota = processes;
        return this;
    }

    /** Shares the processes of another one, as a debug container does. */
    Namespace processesOf(long pid) {
        processesOf = pid;
        return this;
    }

    RunningJvm start(Map<?, ?> user, List<?> command) {
        return ForkedJvm.on(Jdk.newest()).startCommand(words(user, command));
    }

    ForkedJvm.Outcome run(Map<?, ?> user, List<?> command) {
        return ForkedJvm.on(Jdk.newest()).runCommand(words(user, command));
    }

    /** @param user the security context of the pod */
    private List<String> words(Map<?, ?> user, List<?> command) {
        List<String> words = new ArrayList<>();
        if (processesOf == 0) {
            words.addAll(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        } else {
            words.addAll(List.of("nsenter", "--target", Long.toString(processesOf), "--pid"));
            words.addAll(List.of("unshare", "--mount"));
        }
        words.addAll(List.of("sh", "-ec", script(), "sh", "env", "-i", PATH));
        words.addAll(environment);
        words.addAll(List.of("setpriv", "--no-new-privs", "--bounding-set=" + RIGHTS));
        words.addAll(List.of(
                "chroot",
                "--userspec=" + user.get("runAsUser") + ":" + user.get("runAsGroup"),
                "--groups=",
                root.toString()));
        command.forEach(word -> words.add(word.toString()));
        return words;
    }

    private String script() {
        String joins = quota == null ? "" : "echo 0 > " + quoted(quota) + "\n";
        return joins + mounts + "mount -o remount,bind,ro " + quoted(root) + "\nexec \"$@\"\n";
    }

    /** The mount point may be in a file system that is mounted before. */
    private void mount(String point, String what) {
        String at = quoted(root.resolve(point));
        line("mkdir -p " + at);
        line("mount " + what + " " + at);
    }

    private void line(String command) {
        mounts.append(command).append('\n');
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath() + "'";
    }
}
