import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Undertow with plain servlets. With the argument {@code virtual} its threads are virtual. */
public final class Service {

    private Service() {}

    public static void main(String[] arguments) throws Exception {
        Requests.logNothing();
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(Service.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("work")
                .addServlet(Servlets.servlet("work", Parts.Work.class)
                        .setAsyncSupported(true)
                        .addMapping("/*"))
                .addErrorPage(new ErrorPage(Parts.FAILED, 500));
        add(deployment, "code", Parts.CodeFilter.class);
        add(deployment, "principals", Parts.TokenFilter.class);
        if (arguments[0].equals("virtual")) {
            Executor threads = (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            deployment.setExecutor(threads).setAsyncExecutor(threads);
        }
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        Requests.send(address.getPort(), Parts.NAMES);
    }

    private static void add(DeploymentInfo deployment, String way, Class<? extends Filter> filter) {
        deployment
                .addFilter(Servlets.filter(way, filter).setAsyncSupported(true))
                .addFilterUrlMapping(way, "/" + way + "/*", DispatcherType.REQUEST);
    }
}
