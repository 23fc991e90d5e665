package io.corral.agent.boot;

import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Loads the weaver of methods when the first rule needs it. Called by one thread at a time. */
public final class EntryWeaverOnDemand implements EntryWeaver {

    private final BootAccess access;
    private final byte[] dispatcher;
    private final Instrumentation instrumentation;
    private @Nullable EntryWeaver weaver;

    EntryWeaverOnDemand(BootAccess access, byte[] dispatcher, Instrumentation instrumentation) {
        this.access = access;
        this.dispatcher = dispatcher;
        this.instrumentation = instrumentation;
    }

    @Override
    public void weave(EntryTargets targets) throws ReflectiveOperationException {
        EntryWeaver known = weaver;
        if (known == null) {
            try {
                known = EntryLoader.load(access, dispatcher, instrumentation);
            } catch (IOException | URISyntaxException unreadable) {
                throw new ReflectiveOperationException(unreadable);
            }
            weaver = known;
        }
        known.weave(targets);
    }
}
