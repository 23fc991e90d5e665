package io.corral.benchmarks.service;

import io.corral.examples.load.Load;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Loads services. Each line {@code PORT ROUNDS} of its standard input sends so many rounds of the
 * demo's plan, always from the plan's start. Then it prints {@code done} and the number of
 * requests, or {@code failed} and the reason.
 */
public final class LoadProgram {

    private LoadProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpClient client = Load.client();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            Load load = new Load(client, Integer.parseInt(words[0]), Long.parseLong(words[1]));
            load.start();
            load.join();
            @Nullable String error = load.firstError();
            System.out.println(error == null ? "done " + load.answered() : "failed " + error);
        }
    }
}
