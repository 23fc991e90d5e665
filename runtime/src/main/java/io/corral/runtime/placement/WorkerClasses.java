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
                    // Netty's loops, and Vert.x's threads, which inherit its class.
                    "io.netty.util.concurrent.FastThreadLocalThread",
                    // What polls for Undertow, and the pools of WildFly and Quarkus.
                    "org.xnio.XnioIoThread",
                    "org.jboss.threads.JBossThread",
                    "org.quartz.core.QuartzSchedulerThread",
                    "org.quartz.simpl.SimpleThreadPool$WorkerThread" -> true;
            default -> false;
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
                    "io.netty.util.HashedWheelTimer$Worker",
                    // Spring Boot's helper at its start, from 4 on and before.
                    "org.springframework.boot.autoconfigure.preinitialize"
                            + ".BackgroundPreinitializingApplicationListener$Runner",
                    "org.springframework.boot.autoconfigure.BackgroundPreinitializer$1" -> true;
            default -> false;
        };
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
