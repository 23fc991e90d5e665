package io.corral.runtime;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.ReachableMethods.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Hooks hold no monitor, themselves or in what they call, except where it is listed. */
class HookMonitorsTest {

    /** The classes that hold a monitor in a call from a hook, and why that is allowed. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            entry(
                    "io.corral.runtime.membership.Membership",
                    "the lock of containers: the first fork or hand-over into a combination of"
                            + " containers"),
            entry(
                    "io.corral.runtime.container.Creation",
                    "the lock of containers: a rule places the thread in a container that does"
                            + " not exist"),
            entry(
                    "io.corral.runtime.container.CreationCallbacks",
                    "the callbacks for a new container run on another thread: waits, a second at"
                            + " most"),
            entry(
                    "io.corral.runtime.container.SubsystemStates",
                    "the callbacks for a new container run on this thread, and return its state"),
            entry(
                    "io.corral.runtime.subsystem.RegisteredSubsystem",
                    "a container was removed while subsystems were told of it: held to look into"
                            + " a set"),
            entry(
                    "io.corral.runtime.thread.CallbackQueue",
                    "a subsystem follows this thread, which leaves a scope open or is being"
                            + " attached"),
            entry(
                    "io.corral.runtime.thread.CallbackQueues",
                    "the lock of attaches: the same at the exit of a thread"),
            entry(
                    "io.corral.runtime.thread.AdoptCallbacks",
                    "the lock of attaches: a subsystem was registered during the start of a"
                            + " thread"),
            entry(
                    "io.corral.runtime.thread.DirectStarts",
                    "a thread is being started in a container: held for a look-up in a map"),
            entry(
                    "io.corral.runtime.container.Trees",
                    "the lock of containers: the container of a task is giving way, and is made"
                            + " again"),
            entry(
                    "io.corral.runtime.thread.Attach",
                    "none: the thread that audits the counts of threads is a Runnable, as a task"
                            + " is"),
            entry(
                    "io.corral.runtime.control.Control",
                    "none: the thread that adjusts limits is a Runnable, as a task is"),
            entry(
                    "io.corral.runtime.membership.Removal",
                    "none: the thread that looks for idle containers is a Runnable, as a task is"));

    @Test
    void hooksReachOnlyTheListedMonitors() throws Exception {
        Path classes = Path.of(Containers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ReachableMethods methods = ReachableMethods.from(classes, HookMonitorsTest::isHook);
        List<String> notListed = new ArrayList<>();
        TreeSet<String> listedButGone = new TreeSet<>(ALLOWED.keySet());
        for (Method method : methods.monitorHolders()) {
            listedButGone.remove(method.className());
            if (!ALLOWED.containsKey(method.className())) {
                notListed.add(methods.path(method));
            }
        }
        assertThat(notListed).as("monitors that hooks can hold").isEmpty();
        assertThat(listedButGone).as("listed monitors that no hook holds").isEmpty();
    }

    /** Woven code calls the methods of these classes, and the scheduler runs members. */
    private static boolean isHook(Method method) {
        return method.className().startsWith("io.corral.runtime.hook.")
                || method.owner().endsWith("Hook")
                || method.className().equals("io.corral.runtime.thread.VirtualMember")
                        && method.name().equals("run");
    }
}
