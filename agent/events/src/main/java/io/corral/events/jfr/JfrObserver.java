package io.corral.events.jfr;

import io.corral.Container;
import io.corral.LimitExceeded;
import io.corral.Refusal;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;

/**
 * Commits an event for each call, if the event is enabled. Allocates nothing for a disabled event.
 */
final class JfrObserver implements Observer {

    private final Residencies residencies;
    private final CarrierEvents carrierEvents;

    JfrObserver(Residencies residencies, CarrierEvents carrierEvents) {
        this.residencies = residencies;
        this.carrierEvents = carrierEvents;
    }

    @Override
    public void containerCreated(Container container) {
        try {
            if (EventTypes.CONTAINER_CREATE.isEnabled()) {
                new ContainerCreateEvent(container).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void containerRemoved(Container container) {
        try {
            if (EventTypes.CONTAINER_REMOVE.isEnabled()) {
                new ContainerRemoveEvent(container, container.usage()).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void containerReleased(Container container) {
        try {
            if (EventTypes.CONTAINER_RELEASE.isEnabled()) {
                new ContainerReleaseEvent(container).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void forked(Thread thread, Container container, String rule, boolean isVirtual) {
        if (isVirtual) {
            if (EventTypes.VIRTUAL_THREAD_FORK.isEnabled()) {
                new VirtualThreadForkEvent(thread, container, rule).commit();
            }
        } else if (EventTypes.THREAD_FORK.isEnabled()) {
            new ThreadForkEvent(thread, container, rule).commit();
        }
        if (residencies.areObserved()) {
            residencies.born(thread, isVirtual);
            residencies.divideOwn();
        }
    }

    @Override
    public void ending(Thread thread) {
        residencies.ended(thread);
    }

    @Override
    public void exited(Thread thread, Container container, Spent spent, boolean isVirtual) {
        if (isVirtual) {
            residencies.endedVirtual(thread);
            if (EventTypes.VIRTUAL_THREAD_EXIT.isEnabled()) {
                carrierEvents.add(new VirtualThreadExitEvent(thread, container, spent));
            }
            return;
        }
        residencies.ended(thread);
        if (EventTypes.THREAD_EXIT.isEnabled()) {
            new ThreadExitEvent(thread, container, spent).commit();
        }
    }

    @Override
    public void attached(Thread thread, Container from, Container to) {
        try {
            if (EventTypes.THREAD_ATTACH.isEnabled()) {
                new ThreadAttachEvent(thread, from, to).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void forkRefused(Thread thread, Container container, String subsystem, Refusal refusal) {
        try {
            if (EventTypes.FORK_REFUSED.isEnabled()) {
                new ForkRefusedEvent(thread, container, subsystem, refusal).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void limitChanged(
            Container container, String control, String before, String now, String origin) {
        try {
            if (EventTypes.LIMIT_CHANGE.isEnabled()) {
                new LimitChangeEvent(container, control, before, now, origin).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void limitExceeded(LimitExceeded exceeded) {
        try {
            if (EventTypes.LIMIT_EXCEEDED.isEnabled()) {
                new LimitExceededEvent(exceeded).commit();
            }
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public void hookFailed(String hook, String message, long count) {
        if (EventTypes.HOOK_FAILURE.isEnabled()) {
            new HookFailureEvent(hook, message, count).commit();
        }
    }

    @Override
    public void switched(Thread thread, Container from, Container to) {
        try {
            residencies.switched(thread, from, to);
        } catch (Throwable failure) {
            HookFailures.OBSERVER.report(failure);
        }
    }

    @Override
    public boolean observesSwitches() {
        return residencies.areObserved();
    }

    @Override
    public boolean observesVirtualExits() {
        return EventTypes.VIRTUAL_THREAD_EXIT.isEnabled();
    }
}
