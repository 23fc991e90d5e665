package io.corral.integration.loaders;

import io.corral.Container;
import io.corral.Containers;

import java.util.concurrent.Callable;

/** The bundle's code: starts a thread in a container, and returns what it sees. */
public final class BundleActivator implements Callable<String> {

    static final String PLACE = "/bundles";

    @Override
    public String call() throws InterruptedException {
        Container bundles = Containers.at(PLACE);
        Thread thread = new Thread(() -> {});
        bundles.run(thread::start);
        thread.join();
        return Containers.class.getClassLoader() + " " + Containers.isActive() + " "
                + bundles.usage().forks();
    }
}
