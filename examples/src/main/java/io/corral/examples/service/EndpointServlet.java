package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** An endpoint: does its work, counts the units, and answers. */
@SuppressWarnings("serial") // never serialized
final class EndpointServlet extends HttpServlet {

    private final Work work;
    private final Units units;

    EndpointServlet(Work work, Units units) {
        this.work = work;
        this.units = units;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String tenant = request.getHeader(Shop.TENANT_HEADER);
        List<String> results;
        try {
            results = RequestThreads.work(work);
        } catch (ExecutionException e) {
            throw new ServletException(work.path() + " failed for " + tenant, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException(work.path() + " interrupted for " + tenant, e);
        }
        units.add(tenant, work.path(), RequestThreads.UNITS);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(JSON.std.asBytes(Map.of("tenant", tenant, "results", results)));
    }
}
