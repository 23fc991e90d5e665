package io.corral.benchmarks;

import io.corral.runtime.hook.Hooks;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent that stands behind Corral's and switches its hooks off and on again, and its events where these
 * are recorded, so that one JVM can be measured with them and without. It reads along what the application
 * reads from its standard input: {@link #OFF} and {@link #ON} switch, and then it prints {@link #SWITCHED} and
 * how many of Corral's events are recorded.
 *
 * <p>Threads that are under way meanwhile are counted in and not out, or out and not in: it is for
 * measuring alone.
 */
public final class SwitchAgent extends FilterInputStream {

    public static final char OFF = '-';
    public static final char ON = '+';
    public static final String SWITCHED = "switched ";

    /** The option with which hooks that are switched off are taken out of the JDK's classes as well, and the API is as without an agent. */
    public static final String UNWEAVING = "unweave";

    /** Of a service on virtual threads. */
    private static final Set<String> WOVEN = Set.of(
            "java/lang/Thread",
            "java/lang/VirtualThread",
            "java/util/concurrent/ForkJoinTask",
            "java/util/concurrent/ForkJoinPool$WorkQueue",
            "java/util/concurrent/FutureTask");

    private final Runnable off;
    private final Runnable on;
    private final IntSupplier recorded;
    private final PrintStream answers;

    SwitchAgent(
            InputStream input,
            Runnable off,
            Runnable on,
            IntSupplier recorded,
            PrintStream answers) {
        super(input);
        this.off = off;
        this.on = on;
        this.recorded = recorded;
        this.answers = answers;
    }

    /** The hooks are those of the boot loader, which is asked before the application's. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        EventSwitch events = new EventSwitch();
        Runnable off = () -> {
            Hooks.switchOff();
            events.switchOff();
        };
        Runnable on = () -> {
            events.switchOn();
            Hooks.switchOn();
        };
        if (UNWEAVING.equals(options)) {
            ApiSwitch api = new ApiSwitch();
            Unweaving weaving = Unweaving.by(instrumentation, WOVEN);
            install(
                    () -> {
                        off.run();
                        api.switchOff();
                        weaving.takeOut();
                    },
                    () -> {
                        weaving.putBack();
                        api.switchOn();
                        on.run();
                    });
        } else {
            install(off, on);
        }
    }

    private static void install(Runnable off, Runnable on) {
        System.setIn(new SwitchAgent(System.in, off, on, EventSwitch::enabled, System.out));
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next == OFF) {
            switchBy(off);
        } else if (next == ON) {
            switchBy(on);
        }
        return next;
    }

    private void switchBy(Runnable state) {
        try {
            state.run();
            answers.println(SWITCHED + recorded.getAsInt());
        } catch (RuntimeException failure) {
            answers.println("failed to switch: " + failure);
        }
    }

    /** One by one, lest a byte be read that the application has not asked for. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int next = read();
        if (next == -1) {
            return -1;
        }
        into[offset] = (byte) next;
        return 1;
    }
}
