package io.corral.runtime.jdk;

import java.lang.module.ModuleFinder;
import org.jspecify.annotations.Nullable;

/** What to do about a module of the JDK that a JVM was started without. */
public final class MissingModule {

    private MissingModule() {}

    /**
     * What to do in words that follow a colon; null if this JVM has the module.
     *
     * @param name such as {@code java.management}
     */
    public static @Nullable String advice(String name) {
        return advice(ModuleLayer.boot(), name);
    }

    /** The JVM would not start with {@code --add-modules} if its Java image lacks the module. */
    static @Nullable String advice(ModuleLayer boot, String name) {
        if (boot.findModule(name).isPresent()) {
            return null;
        }
        boolean isInImage = ModuleFinder.ofSystem().find(name).isPresent();
        return isInImage
                ? "this JVM has no module " + name + "; start it with --add-modules " + name
                : "this Java image has no module " + name + "; link it with jlink --add-modules "
                        + name;
    }
}
