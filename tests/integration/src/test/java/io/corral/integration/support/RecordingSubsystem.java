package io.corral.integration.support;

import io.corral.Container;
import io.corral.Refusal;
import io.corral.Subsystem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A subsystem that records its callbacks for one container and those below it. */
public final class RecordingSubsystem implements Subsystem {

    private final String name;
    private final Container where;
    private final List<String> log;
    private volatile @Nullable String reason;

    /** Calls are added to {@code log} as {@code S1.canFork(child)}, with the thread's name. */
    public RecordingSubsystem(String name, Container where, List<String> log) {
        this.name = name;
        this.where = where;
        this.log = log;
    }

    public static List<String> newLog() {
        return new CopyOnWriteArrayList<>();
    }

    /** Refuses forks for this reason from now on; consents if it is null. */
    public void refuse(@Nullable String reason) {
        this.reason = reason;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String hierarchy() {
        return where.hierarchy().name();
    }

    @Override
    public @Nullable Refusal canFork(Thread thread, Container container) {
        write("canFork", thread, container);
        String refused = reason;
        return refused == null || !isWithin(container) ? null : Refusal.because(refused);
    }

    @Override
    public void cancelFork(Thread thread, Container container) {
        write("cancelFork", thread, container);
    }

    @Override
    public void fork(Thread thread, Container container) {
        write("fork", thread, container);
    }

    @Override
    public void exit(Thread thread, Container container) {
        write("exit", thread, container);
    }

    private void write(String callback, Thread thread, Container container) {
        if (isWithin(container)) {
            log.add(name + "." + callback + "(" + thread.getName() + ")");
        }
    }

    private boolean isWithin(Container container) {
        Container at = container;
        while (at != null && at != where) {
            at = at.parent();
        }
        return at == where;
    }
}
