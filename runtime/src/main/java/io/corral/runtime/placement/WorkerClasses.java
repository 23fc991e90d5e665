package io.corral.runtime.placement;

/**
 * Classes of threads and tasks that serve a pool or a server, though they are not nested in an
 * executor. Without this list such a thread would inherit the place of the thread that caused its
 * start. Compared by name, which loads no class and allocates nothing.
 */
public final class WorkerClasses {

    private WorkerClasses() {}

    /** Whether threads of this class or of a subclass serve a pool or a server. */
    public static boolean isThread(String name) {
        return switch (name) {
            // The JDK's timers, and the selector thread of its HttpClient.
            case "java.util.TimerThread",
                    PoolPlaces.DELAY_SCHEDULER,
                    "jdk.internal.net.http.HttpClientImpl$SelectorManager",
                    // Tomcat's pools, whose threads run a wrapper of the worker, and its
                    // WebSockets.
                    "org.apache.tomcat.util.threads.TaskThread",
                    "org.apache.tomcat.websocket.BackgroundProcessManager$WsBackgroundThread",
                    // The selector threads of Undertow, and the pools of WildFly and Quarkus.
                    "org.xnio.XnioIoThread",
                    "org.jboss.threads.JBossThread",
                    "org.quartz.core.QuartzSchedulerThread",
                    "org.quartz.simpl.SimpleThreadPool$WorkerThread" -> true;
            // Netty's event loops, and Vert.x's threads, which extend the same class.
            default -> belongsToNetty(name, "io.netty.util.concurrent.FastThreadLocalThread");
        };
    }

    /** Whether threads whose task is of this class serve a pool or a server. */
    public static boolean isTask(String name) {
        return switch (name) {
            case "sun.net.httpserver.ServerImpl$Dispatcher",
                    // Tomcat's connectors. The poller starts virtual request threads.
                    "org.apache.tomcat.util.net.Acceptor",
                    "org.apache.tomcat.util.net.NioEndpoint$Poller",
                    "org.apache.tomcat.util.net.AprEndpoint$Poller",
                    "org.apache.tomcat.util.net.AprEndpoint$Sendfile",
                    // Spring Boot's helper at its start: first from version 4 on, then before.
                    "org.springframework.boot.autoconfigure.preinitialize"
                            + ".BackgroundPreinitializingApplicationListener$Runner",
                    "org.springframework.boot.autoconfigure.BackgroundPreinitializer$1" -> true;
            default -> belongsToNetty(name, "io.netty.util.HashedWheelTimer$Worker");
        };
    }

    /** Whether a class is Netty's, or that of a relocated copy of Netty, as gRPC has one. */
    private static boolean belongsToNetty(String name, String nettyName) {
        return name.endsWith(nettyName)
                && (name.length() == nettyName.length()
                        || name.charAt(name.length() - nettyName.length() - 1) == '.');
    }

    /**
     * Whether an executor starts a thread for each task, or only puts tasks in order. Such a thread
     * belongs to no pool, but where its starter works.
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
