package io.corral.agent.boot;

import io.corral.agent.image.BootImage;
import io.corral.runtime.placement.EntryWeaver;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;

/** Loads the weaver of the application's methods, and Byte Buddy, when rules name methods. */
final class EntryLoader {

    private static final String WEAVING = "io.corral.agent.entry.EntryWeaving";

    /**
     * A property that makes Byte Buddy avoid {@code Unsafe}, about which newer JDKs warn. The name
     * is relocated, so that the application's own Byte Buddy is not affected.
     */
    private static final String WITHOUT_UNSAFE = "io.corral.agent.shaded.bytebuddy.safe";

    /** Whether the boot loader has the class that woven methods call. */
    private static boolean dispatcherIsDefined;

    private EntryLoader() {}

    /**
     * Defines in the boot loader the class that woven methods call, and loads the weaver. Called by
     * one thread at a time, until it has succeeded once.
     *
     * @param dispatcher the class file of that class
     */
    static EntryWeaver load(BootAccess access, byte[] dispatcher, Instrumentation instrumentation)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        System.setProperty(WITHOUT_UNSAFE, "true");
        ImageLoader loader = new ImageLoader("corral-entry", BootImage.readLazily(BootImage.ENTRY));
        // An earlier attempt may have failed after this point for lack of memory.
        if (!dispatcherIsDefined) {
            access.define(dispatcher, 0, dispatcher.length);
            dispatcherIsDefined = true;
        }
        return (EntryWeaver) loader.loadClass(WEAVING)
                .getConstructor(Instrumentation.class)
                .newInstance(instrumentation);
    }
}
