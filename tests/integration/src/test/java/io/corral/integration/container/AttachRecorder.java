package io.corral.integration.container;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Refusal;
import io.corral.Subsystem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A subsystem that records its callbacks for attaches to one container. */
final class AttachRecorder implements Subsystem {

    private final String name;
    private final Container to;
    private final List<String> log;
    private volatile @Nullable String reason;

    private AttachRecorder(String name, Container to, List<String> log) {
        this.name = name;
        this.to = to;
        this.log = log;
    }

    /** Calls are added to {@code log} as {@code S1.canAttach}. */
    static AttachRecorder register(String name, Container to, List<String> log) {
        AttachRecorder moves = new AttachRecorder(name, to, log);
        Containers.register(moves);
        return moves;
    }

    static List<String> newLog() {
        return new CopyOnWriteArrayList<>();
    }

    /** Refuses for this reason from now on; consents if it is null. */
    void refuse(@Nullable String reason) {
        this.reason = reason;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
        write("canAttach", to);
        String refused = reason;
        return refused == null || to != this.to ? null : Refusal.because(refused);
    }

    @Override
    public void cancelAttach(Thread thread, Container from, Container to) {
        write("cancelAttach", to);
    }

    @Override
    public void attach(Thread thread, Container from, Container to) {
        write("attach", to);
    }

    private void write(String callback, Container to) {
        if (to == this.to) {
            log.add(name + "." + callback);
        }
    }
}
