package io.corral.integration.loaders;

import io.corral.Container;
import io.corral.Containers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * Starts a thread in a tenant's container. Its web application has the API in {@code WEB-INF/lib}.
 */
public final class WarServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    static final String TENANT = "/tenants/acme";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Container tenant = Containers.at(TENANT);
        Thread thread = new Thread(() -> {});
        tenant.run(thread::start);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        String name = request.getContextPath().substring(1);
        PrintWriter out = response.getWriter();
        out.println(name + ".loader=" + getClass().getClassLoader().getClass().getSimpleName());
        out.println(name + ".api=" + Containers.class.getClassLoader());
        out.println(name + ".active=" + Containers.isActive());
        out.println(name + ".container=" + System.identityHashCode(tenant));
        out.println(name + ".forks=" + tenant.usage().forks());
    }
}
