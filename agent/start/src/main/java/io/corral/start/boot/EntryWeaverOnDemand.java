package io.corral.start.boot;

import io.corral.launcher.BootImage;
import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Loads the weaver of the application's methods, and Byte Buddy, when the first rule needs them.
 * Called by one thread at a time.
 */
public final class EntryWeaverOnDemand implements EntryWeaver {

    private static final String WEAVING = "io.corral.methods.ByteBuddyWeaver";

    /**
     * A property that makes Byte Buddy avoid {@code Unsafe}, about which newer JDKs warn. The name
     * is relocated, so that the application's own Byte Buddy is not affected.
     */
    private static final String WITHOUT_UNSAFE = "io.corral.methods.bytebuddy.safe";

    private final DispatcherOnDemand dispatcher;
    private final Instrumentation instrumentation;
    private @Nullable EntryWeaver weaver;

    EntryWeaverOnDemand(DispatcherOnDemand dispatcher, Instrumentation instrumentation) {
        this.dispatcher = dispatcher;
        this.instrumentation = instrumentation;
    }

    @Override
    public void weave(EntryTargets targets) throws Exception {
        EntryWeaver known = weaver;
        if (known == null) {
            known = load();
            weaver = known;
        }
        known.weave(targets);
    }

    private EntryWeaver load() throws IOException, ReflectiveOperationException {
        System.setProperty(WITHOUT_UNSAFE, "true");
        ImageLoader loader =
                new ImageLoader("corral-entry", BootImage.readLazily(BootImage.METHODS));
        dispatcher.define();
        return (EntryWeaver) loader.loadClass(WEAVING)
                .getConstructor(Instrumentation.class)
                .newInstance(instrumentation);
    }
}
