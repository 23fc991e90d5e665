import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/** H2's TCP server, with a database user for each tenant: a, b and c query 1 : 2 : 3 times. */
public final class Service {

    /** The same in each start, since it is in the names of the server's threads. */
    private static final String PORT = "39092";

    private static final int ROUNDS = 250;
    private static final List<String> TENANTS = List.of("A", "B", "C");

    public static void main(String[] arguments) throws Exception {
        Server.createTcpServer("-tcpPort", PORT, "-ifNotExists").start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + PORT + "/mem:field";
        Connection admin = DriverManager.getConnection(url, "sa", "");
        try (Statement statement = admin.createStatement()) {
            statement.execute("create table numbers as select x from system_range(1, 1500)");
            for (String tenant : TENANTS) {
                statement.execute("create user " + tenant + " password 'x'");
                statement.execute("grant select on numbers to " + tenant);
            }
        }
        List<Connection> connections = new ArrayList<>();
        for (String tenant : TENANTS) {
            connections.add(DriverManager.getConnection(url, tenant, "x"));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int tenant = 0; tenant < TENANTS.size(); tenant++) {
                for (int i = 0; i <= tenant; i++) {
                    query(connections.get(tenant));
                }
            }
        }
    }

    /** Reads a cross product that no index helps with. */
    private static void query(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select count(*) from numbers a, numbers b where mod(a.x * b.x, 7) = ?")) {
            query.setInt(1, 3);
            query.executeQuery().close();
        }
    }
}
