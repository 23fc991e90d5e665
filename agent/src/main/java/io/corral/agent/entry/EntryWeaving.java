package io.corral.agent.entry;

import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the application's classes woven for the version of the rules that is in force. By one thread at a time. */
public final class EntryWeaving implements EntryWeaver {

    private final Instrumentation instrumentation;
    private @Nullable EntryTransformer current;

    public EntryWeaving(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public void weave(EntryTargets targets) {
        EntryTransformer before = current;
        EntryTransformer next = targets.isEmpty() ? null : new EntryTransformer(targets);
        List<Class<?>> woven = before == null ? List.of() : loaded(before);
        if (before != null) {
            instrumentation.removeTransformer(before);
        }
        if (next != null) {
            instrumentation.addTransformer(next, true);
        }
        current = next;
        List<Class<?>> classes = new ArrayList<>(woven);
        if (next != null) {
            classes.addAll(loaded(next));
        }
        retransform(classes.stream().distinct().toList());
    }

    /** Of the classes that are loaded those that may have been woven, or may have to be. */
    private List<Class<?>> loaded(EntryTransformer transformer) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!loaded.isArray()
                    && !loaded.isInterface()
                    && !loaded.isHidden()
                    && transformer.mayTake(loaded.getClassLoader(), loaded.getName())
                    && instrumentation.isModifiableClass(loaded)) {
                classes.add(loaded);
            }
        }
        return classes;
    }

    /** One that the JVM refuses must not keep the others from it. */
    private void retransform(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | RuntimeException some) {
            for (Class<?> each : classes) {
                retransform(each);
            }
        }
    }

    private void retransform(Class<?> each) {
        try {
            instrumentation.retransformClasses(each);
        } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
            Log.error("rules for methods don't hold in " + each.getName()
                    + ", which can't be woven any more: " + refused);
        }
    }
}
