namespace ChatOps.Bus;

/// <summary>A RabbitMQ broker, 3.10 or newer.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The port without TLS.</summary>
    public const int PlainPort = 5672;

    /// <summary>The port with TLS.</summary>
    public const int TlsPort = 5671;

    /// <summary>Its name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port, 1 to 65535; <see langword="null"/> is <see cref="TlsPort"/> with TLS, else <see cref="PlainPort"/>.</summary>
    public int? Port { get; set; }

    /// <summary>The virtual host, which should be ChatOps's alone. Default <c>/</c>.</summary>
    public string VirtualHost { get; set; } = "/";

    /// <summary>The user, with the rights to configure, write and read in that virtual host.</summary>
    public string Username { get; set; } = "";

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>Whether the connection is encrypted, with a certificate for <see cref="Host"/> that the system trusts, or <see cref="TlsAuthority"/>. Default no.</summary>
    public bool UseTls { get; set; }

    /// <summary>A PEM file with the authorities that the broker's certificate must come from, instead of those that the system trusts.</summary>
    public string? TlsAuthority { get; set; }

    /// <summary>How many messages of one kind the broker hands over at once before one is acknowledged: 1 to 4096, default 64.</summary>
    public int Prefetch { get; set; } = 64;

    /// <summary>How often the broker delivers a message again whose gateway died over it, before it puts it aside: 1 to 20, default 5. A gateway puts it aside
    /// two deliveries earlier, with the reason; the broker's own limit is the net below that.</summary>
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>How long a message may take to be confirmed by the broker; then its work is begun here, or found by a sweep. 1 s to 1 min, default 3 s.</summary>
    public TimeSpan ConfirmTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often each side shows that it is there, while nothing else is said: 1 s to 1 min, in whole seconds, default 10 s. A connection over which nothing came for three of these is given up
    /// (docs of RabbitMQ, "Detecting Dead TCP Connections with Heartbeats").</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    internal void Check(BoundCheck check)
    {
        if (Host.Length == 0) check.Add("Bus:RabbitMq:Host", "is missing: the name or address of the broker.");
        if (VirtualHost.Length == 0) check.Add("Bus:RabbitMq:VirtualHost", "must not be empty; the broker's own is '/'.");
        if (Username.Length == 0) check.Add("Bus:RabbitMq:Username", "is missing.");
        if (Password.Length == 0) check.Add("Bus:RabbitMq:Password", "is missing; write a reference: ${env:RABBITMQ_PASSWORD} or ${file:/etc/chatops/rabbitmq-password}.");
        if (Port is { } port) check.Within("Bus:RabbitMq:Port", port, 1, 65_535);
        if (TlsAuthority is { } authority)
        {
            if (!UseTls) check.Add("Bus:RabbitMq:TlsAuthority", "is set, but the connection is not encrypted; set Bus:RabbitMq:UseTls, too.");
            else if (!File.Exists(authority)) check.Add("Bus:RabbitMq:TlsAuthority", "is not there, or cannot be read: a PEM file with the certificate of the broker's authority.");
        }

        check.Within("Bus:RabbitMq:Prefetch", Prefetch, 1, 4096);
        check.Within("Bus:RabbitMq:DeliveryLimit", DeliveryLimit, 1, 20);
        check.Within("Bus:RabbitMq:ConfirmTime", ConfirmTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        check.Within("Bus:RabbitMq:Heartbeat", Heartbeat, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }
}
