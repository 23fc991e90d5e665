package io.corral.events.jfr;

import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.notice.Recorder;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

import org.jspecify.annotations.Nullable;

/** Registers the events with JFR. Created by the agent. */
public final class JfrEvents implements Recorder {

    /** Null until the events are registered. Guarded by this. */
    private @Nullable Recordings recordings;

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

    /**
     * JFR reports its initialization under the lock of the recorder's class, and the start of a
     * recording takes that lock after the recorder's own. So the code that asks for recordings, and
     * takes the recorder's lock, runs on another thread.
     */
    @Override
    public synchronized void register(long periodMillis) {
        if (recordings != null) {
            return;
        }
        EventTypes.all();
        CarrierEvents carrierEvents = new CarrierEvents();
        ShortestResidency shortest = new ShortestResidency();
        Residencies residencies = new Residencies(carrierEvents, shortest);
        UsageEvents usage = new UsageEvents(carrierEvents, residencies);
        usage.begin();
        FlightRecorder.addPeriodicEvent(ContainerUsageEvent.class, usage::commitUsage);
        FlightRecorder.addPeriodicEvent(ContainerTotalEvent.class, usage::commitTotals);
        FlightRecorder.addPeriodicEvent(ThreadMemberEvent.class, usage::commitMembers);
        FlightRecorder.addPeriodicEvent(OpenResidencyEvent.class, usage::commitOpenResidencies);
        FlightRecorder.addPeriodicEvent(ReconciliationEvent.class, usage::commitReconciliation);
        FlightRecorder.addPeriodicEvent(
                LimitStatisticsEvent.class, LimitStatisticsEvent::commitAll);
        FlightRecorder.addPeriodicEvent(RanMeanwhileEvent.class, RanMeanwhileEvent::commitAll);
        FlightRecorder.addPeriodicEvent(UnmatchedRuleEvent.class, UnmatchedRuleEvent::commitAll);
        Observer.Current.observer = new JfrObserver(residencies, carrierEvents);
        Recordings followed =
                new Recordings(usage, residencies, shortest, carrierEvents, periodMillis);
        recordings = followed;
        new CorralThread("corral-recordings", followed::follow).start();
    }

    @Override
    public synchronized void period(long periodMillis) {
        if (recordings != null) {
            recordings.period(periodMillis);
        }
    }
}
