package io.corral.runtime.observe;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.notice.Recorder;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/** Offers the events to JFR. Made by the agent, in the loader of this package. */
public final class JfrEvents implements Recorder {

    private boolean registered;

    @Override
    public boolean isInitialized() {
        return FlightRecorder.isInitialized();
    }

    @Override
    public void whenInitialized(Runnable then) {
        FlightRecorder.addListener(new FlightRecorderListener() {
            @Override
            public void recorderInitialized(FlightRecorder recorder) {
                try {
                    then.run();
                } catch (Throwable failure) {
                    HookFailures.OBSERVER.report(failure);
                }
            }
        });
    }

    @Override
    public synchronized void register(long periodMillis) {
        if (registered) {
            return;
        }
        registered = true;
        EventTypes.all();
        VirtualThreadExits virtualExits = new VirtualThreadExits();
        UsageEvents usage = new UsageEvents(new Teardown(), virtualExits);
        Residencies residencies = new Residencies();
        FlightRecorder.addPeriodicEvent(ContainerUsageEvent.class, usage::commitUsage);
        FlightRecorder.addPeriodicEvent(ContainerTotalEvent.class, usage::commitTotals);
        FlightRecorder.addPeriodicEvent(ReconciliationEvent.class, usage::commitReconciliation);
        Recordings.follow(new Recordings(usage, residencies, virtualExits, periodMillis));
        Observer.Current.observer = new JfrObserver(residencies, virtualExits);
    }
}
