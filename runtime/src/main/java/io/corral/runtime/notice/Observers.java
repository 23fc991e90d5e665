package io.corral.runtime.notice;

import io.corral.Container;
import io.corral.Refusal;

import java.util.Arrays;

/** Several observers, called one after another in the order in which they were added. */
final class Observers implements Observer {

    private final Observer[] all;

    private Observers(Observer... all) {
        this.all = all;
    }

    /** Calls {@code observer} and then {@code added}. */
    static Observer with(Observer observer, Observer added) {
        if (!(observer instanceof Observers several)) {
            return new Observers(observer, added);
        }
        int count = several.all.length;
        Observer[] grown = Arrays.copyOf(several.all, count + 1);
        grown[count] = added;
        return new Observers(grown);
    }

    @Override
    public void containerCreated(Container container) {
        for (Observer each : all) {
            each.containerCreated(container);
        }
    }

    @Override
    public void containerRemoved(Container container) {
        for (Observer each : all) {
            each.containerRemoved(container);
        }
    }

    @Override
    public void containerReleased(Container container) {
        for (Observer each : all) {
            each.containerReleased(container);
        }
    }

    @Override
    public void forked(Thread thread, Container container, String rule, boolean virtual) {
        for (Observer each : all) {
            each.forked(thread, container, rule, virtual);
        }
    }

    @Override
    public void exited(Thread thread, Container container, Spent spent, boolean virtual) {
        for (Observer each : all) {
            each.exited(thread, container, spent, virtual);
        }
    }

    @Override
    public void attached(Thread thread, Container from, Container to) {
        for (Observer each : all) {
            each.attached(thread, from, to);
        }
    }

    @Override
    public void forkRefused(Thread thread, Container container, String subsystem, Refusal refusal) {
        for (Observer each : all) {
            each.forkRefused(thread, container, subsystem, refusal);
        }
    }

    @Override
    public void hookFailed(String hook, String message, long count) {
        for (Observer each : all) {
            each.hookFailed(hook, message, count);
        }
    }

    @Override
    public void switched(Thread thread, Container from, Container to) {
        for (Observer each : all) {
            if (each.observesSwitches()) {
                each.switched(thread, from, to);
            }
        }
    }

    @Override
    public boolean observesSwitches() {
        for (Observer each : all) {
            if (each.observesSwitches()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean observesVirtualExits() {
        for (Observer each : all) {
            if (each.observesVirtualExits()) {
                return true;
            }
        }
        return false;
    }
}
