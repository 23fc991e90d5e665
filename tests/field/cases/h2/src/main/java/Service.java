import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.h2.tools.Server;

/** H2's TCP server, with a database user for each tenant. */
public final class Service {

    /**
     * The same in each start, since it is in the names of the server's threads; below the ports
     * that the kernel gives to clients.
     */
    private static final String PORT = "19092";

    private static final int ROUNDS = 250;

    private static int remainder;

    public static void main(String[] arguments) throws Exception {
        Server.createTcpServer("-tcpPort", PORT, "-ifNotExists").start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + PORT + "/mem:field;DATABASE_TO_UPPER=FALSE";
        Connection admin = DriverManager.getConnection(url, "sa", "");
        try (Statement statement = admin.createStatement()) {
            statement.execute("create table numbers as select X from system_range(1, 150)");
            for (String tenant : Tenants.NAMES) {
                statement.execute("create user \"" + tenant + "\" password 'x'");
                statement.execute("grant select on numbers to \"" + tenant + "\"");
            }
        }
        Map<String, Connection> connections = new HashMap<>();
        for (String tenant : Tenants.NAMES) {
            connections.put(tenant, DriverManager.getConnection(url, tenant, "x"));
        }
        Tenants.inTurns(ROUNDS, tenant -> query(connections.get(tenant)));
    }

    /** Reads a cross product that no index helps with; not the one of the query before. */
    private static void query(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select count(*) from numbers a, numbers b where mod(a.X * b.X, 7) = ?")) {
            query.setInt(1, ++remainder % 7);
            query.executeQuery().close();
        }
    }
}
