package io.corral.weaver.items;

import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.notice.Log;
import io.corral.weaver.common.LoadedClasses;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the application's executors of {@link ItemRules} woven, as they are loaded and later. */
public final class ItemTransformer implements ItemRules.Weaving {

    private final Instrumentation instrumentation;
    private final ItemDispatcher dispatcher;

    public ItemTransformer(Instrumentation instrumentation, ItemDispatcher dispatcher) {
        this.instrumentation = instrumentation;
        this.dispatcher = dispatcher;
    }

    /** @return null if nothing is to be changed in the class */
    public byte @Nullable [] weave(String className, byte[] classFile) {
        List<ItemPoint> points = ItemRules.of(className);
        if (points == null) {
            return null;
        }
        try {
            List<ItemPoint> missing = new ArrayList<>();
            byte[] woven = ItemClassVisitor.weave(points, className, classFile, missing);
            for (ItemPoint each : missing) {
                logMissing(each);
            }
            if (woven != null) {
                dispatcher.define();
            }
            return woven;
        } catch (Throwable failure) {
            logUnwoven(className.replace('/', '.'), failure);
            return null;
        }
    }

    private static void logMissing(ItemPoint missing) {
        String where = missing.location();
        Log.error((where == null ? "" : where + ": ")
                + "no method " + missing.inRulesNotation() + " with a body and an object there"
                + (where == null ? ", so this version of the library is not known" : "")
                + ": its tasks are not charged to their submitters");
    }

    @Override
    public void weaveLoaded(Set<String> changed) {
        for (Class<?> loaded : LoadedClasses.of(instrumentation)) {
            if (loaded.getClassLoader() != null && !loaded.isArray() && !loaded.isHidden()) {
                String name = loaded.getName().replace('.', '/');
                if (changed.contains(ItemRules.topLevel(name)) || ItemRules.of(name) != null) {
                    retransform(loaded);
                }
            }
        }
    }

    private void retransform(Class<?> loaded) {
        try {
            instrumentation.retransformClasses(loaded);
        } catch (Throwable refused) {
            logUnwoven(loaded.getName(), refused);
        }
    }

    private static void logUnwoven(String className, Throwable why) {
        Log.error("tasks that " + className
                + " runs are not charged to their submitters, since it can't be woven: " + why);
    }
}
