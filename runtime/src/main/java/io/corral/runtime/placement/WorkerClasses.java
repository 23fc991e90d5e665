package io.corral.runtime.placement;

/**
 * Classes by whose names a thread is known to serve a pool or a server, where nothing that it runs is nested in an
 * executor: else it would be for ever with whose work happened to be the first, or in the root, where no one looks for it.
 * Names and not classes, since none is loaded here; compared without anything being made.
 */
public final class WorkerClasses {

    private WorkerClasses() {}

    /** Whether threads of this class, or of one that inherits it, are. */
    public static boolean isThread(String name) {
        return switch (name) {
            // The JDK's timers, and what polls for its HttpClient.
            case "java.util.TimerThread",
                    PoolPlaces.DELAY_SCHEDULER,
                    "jdk.internal.net.http.HttpClientImpl$SelectorManager",
                    // Tomcat's pools, which have a wrapper of the worker run, and its WebSockets.
                    "org.apache.tomcat.util.threads.TaskThread",
                    "org.apache.tomcat.websocket.BackgroundProcessManager$WsBackgroundThread",
                    // What polls for Undertow, and the pools of WildFly and Quarkus.
                    "org.xnio.XnioIoThread",
                    "org.jboss.threads.JBossThread",
                    "org.quartz.core.QuartzSchedulerThread",
                    "org.quartz.simpl.SimpleThreadPool$WorkerThread" -> true;
            // Netty's loops, and Vert.x's threads, which inherit its class.
            default -> isNettys(name, "io.netty.util.concurrent.FastThreadLocalThread");
        };
    }

    /** Whether threads that were made to run an object of this class are. */
    public static boolean isTask(String name) {
        return switch (name) {
            case "sun.net.httpserver.ServerImpl$Dispatcher",
                    // Tomcat's connectors. The poller starts virtual request threads.
                    "org.apache.tomcat.util.net.Acceptor",
                    "org.apache.tomcat.util.net.NioEndpoint$Poller",
                    "org.apache.tomcat.util.net.AprEndpoint$Poller",
                    "org.apache.tomcat.util.net.AprEndpoint$Sendfile",
                    // Spring Boot's helper at its start, from 4 on and before.
                    "org.springframework.boot.autoconfigure.preinitialize"
                            + ".BackgroundPreinitializingApplicationListener$Runner",
                    "org.springframework.boot.autoconfigure.BackgroundPreinitializer$1" -> true;
            default -> isNettys(name, "io.netty.util.HashedWheelTimer$Worker");
        };
    }

    /** Netty's, or of a copy of Netty that another library has in a package of its own, as gRPC does. */
    private static boolean isNettys(String name, String nettys) {
        return name.endsWith(nettys)
                && (name.length() == nettys.length()
                        || name.charAt(name.length() - nettys.length() - 1) == '.');
    }

    /**
     * Whether it is an executor that starts a thread for each task, or one that only puts tasks in order: that is no pool's,
     * but its starter's.
     */
    static boolean isThreadPerTask(String executor) {
        return switch (executor) {
            case "java.util.concurrent.ThreadPerTaskExecutor",
                    "org.springframework.core.task.SimpleAsyncTaskExecutor",
                    "com.google.common.util.concurrent.SequentialExecutor" -> true;
            default -> false;
        };
    }
}
