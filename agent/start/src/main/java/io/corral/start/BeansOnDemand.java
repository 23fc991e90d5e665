package io.corral.start;

import io.corral.launcher.AgentLoader;

/** Loads and registers the MBeans when the platform's MBean server is created. */
final class BeansOnDemand implements Runnable {

    private static final String BEANS = "io.corral.events.jmx.Beans";

    private final AgentLoader loader;

    BeansOnDemand(AgentLoader loader) {
        this.loader = loader;
    }

    @Override
    public void run() {
        try {
            ((Runnable) loader.newInstance(BEANS)).run();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whether the server exists already. Loads the beans to find out. */
    boolean isDue() throws ReflectiveOperationException {
        return (boolean) loader.loadClass(BEANS).getMethod("isServerMade").invoke(null);
    }
}
