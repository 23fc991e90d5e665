package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Subsystem;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A subsystem with a method whose parameter type is missing, if {@link #defined} has loaded it. */
public final class OptionalSubsystem implements Subsystem {

    private final AtomicInteger calls = new AtomicInteger();

    /** The type that the missing library would define. */
    public static final class Missing {}

    static Class<?> defined() throws ClassNotFoundException {
        return new ClassLoader(OptionalSubsystem.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve)
                    throws ClassNotFoundException {
                if (name.equals(Missing.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return name.equals(OptionalSubsystem.class.getName())
                        ? define(name)
                        : super.loadClass(name, resolve);
            }

            private Class<?> define(String name) throws ClassNotFoundException {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                try (InputStream in =
                        OptionalSubsystem.class.getResourceAsStream("OptionalSubsystem.class")) {
                    byte[] classFile = in.readAllBytes();
                    return defineClass(name, classFile, 0, classFile.length);
                } catch (IOException failure) {
                    throw new ClassNotFoundException(name, failure);
                }
            }
        }.loadClass(OptionalSubsystem.class.getName());
    }

    /** A callback whose parameter is a type of the library. */
    public void report(Missing missing) {
        throw new UnsupportedOperationException(missing.toString());
    }

    @Override
    public String name() {
        return "called " + calls + " times in /callbacks/optional";
    }

    @Override
    public void fork(Thread thread, Container container) {
        if (container.path().equals("/callbacks/optional")) {
            calls.incrementAndGet();
        }
    }
}
