package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Pools whose workers have waited at a door. */
final class WaitingPoolScenarios {

    private WaitingPoolScenarios() {}

    @Scenario
    static void poolThatIsGoneKeepsNoClassLoaderAlive() throws Exception {
        WeakReference<ClassLoader> loader = waitOnAPoolOfAnotherLoader();
        Waits.until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private static WeakReference<ClassLoader> waitOnAPoolOfAnotherLoader() throws Exception {
        ClassLoader loader = new PoolLoader();
        Executor pool = (Executor) loader.loadClass(ForeignPool.class.getName())
                .getConstructor(int.class)
                .newInstance(8);
        assertThat(pool).isNotInstanceOf(ForeignPool.class);
        Container container = Containers.at("/waiting-pool");
        container.limits().requestsMax(1, Duration.ofMillis(5));
        CountDownLatch refused = new CountDownLatch(1);
        try (Scope scope = container.admit()) {
            pool.execute(() -> {
                try {
                    container.admit().close();
                } catch (LimitExceededException expected) {
                    refused.countDown();
                }
            });
            Waits.await(refused);
        }
        assertThat(container.limits().stat().waited()).isEqualTo(1);
        return new WeakReference<>(loader);
    }

    /** Defines the pool's classes itself. */
    private static final class PoolLoader extends ClassLoader {

        PoolLoader() {
            super(WaitingPoolScenarios.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ForeignPool.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new ClassNotFoundException(name, failure);
            }
        }
    }
}
