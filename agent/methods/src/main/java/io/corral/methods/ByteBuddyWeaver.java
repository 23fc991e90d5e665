package io.corral.methods;

import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.weaver.common.LoadedClasses;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the application's classes woven for the rules in force. Called by one thread at a time. */
public final class ByteBuddyWeaver implements EntryWeaver {

    private final Instrumentation instrumentation;
    private @Nullable EntryTransformer current;

    public ByteBuddyWeaver(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public void weave(EntryTargets targets) {
        EntryTransformer before = current;
        EntryTransformer next = targets.isEmpty() ? null : new EntryTransformer(targets);
        // The new transformer is added first: both weave a class that is loaded meanwhile, and it
        // is woven again below.
        if (next != null) {
            instrumentation.addTransformer(next, true);
        }
        if (before != null) {
            instrumentation.removeTransformer(before);
        }
        current = next;
        Set<Class<?>> done = Collections.newSetFromMap(new IdentityHashMap<>());
        // Done twice, since classes may have been loading while the transformers changed.
        for (int i = 0; i < 2; i++) {
            List<Class<?>> classes = loaded(before, next);
            classes.removeIf(each -> !done.add(each));
            retransform(classes);
        }
    }

    /** The loaded classes that were woven or have to be. */
    private List<Class<?>> loaded(
            @Nullable EntryTransformer before, @Nullable EntryTransformer next) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : LoadedClasses.of(instrumentation)) {
            if (!loaded.isArray()
                    && !loaded.isHidden()
                    && ((before != null && before.mayHaveWoven(loaded))
                            || (next != null && next.matches(loaded)))
                    && instrumentation.isModifiableClass(loaded)) {
                classes.add(loaded);
            }
        }
        return classes;
    }

    /** Retransforms the classes one by one if the JVM refuses them together. */
    private void retransform(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
        EntryTransformer transformer = current;
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException
                | LinkageError
                | InternalError
                | RuntimeException refused) {
            if (classes.size() > 1) {
                int half = classes.size() / 2;
                retransform(classes.subList(0, half));
                retransform(classes.subList(half, classes.size()));
            } else if (transformer != null && transformer.matches(classes.get(0))) {
                Log.error("rules for methods are not in force in "
                        + classes.get(0).getName() + ", which can no longer be woven: " + refused);
            }
            // A class without a matching rule does nothing, woven or not.
        }
    }
}
