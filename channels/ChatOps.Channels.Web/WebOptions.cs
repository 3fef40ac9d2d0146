namespace ChatOps.Channels.Web;

/// <summary>The bounds of the web channel.</summary>
public sealed class WebOptions
{
    /// <summary>How often the passing state of one message is shown, per second; the newest wins. 1 to 100, default 20.</summary>
    public int ProgressPerSecond { get; set; } = 20;

    /// <summary>How many changes wait for one slow reader before it is told to read everything again. 16 to 10,000, default 256.</summary>
    public int MaxWaitingChanges { get; set; } = 256;

    /// <summary>How many readers one chat may have; the oldest makes room for one more. 1 to 1,000, default 32.</summary>
    public int MaxReadersPerChat { get; set; } = 32;

    internal void Check()
    {
        Within(nameof(ProgressPerSecond), ProgressPerSecond, 1, 100);
        Within(nameof(MaxWaitingChanges), MaxWaitingChanges, 16, 10_000);
        Within(nameof(MaxReadersPerChat), MaxReadersPerChat, 1, 1_000);
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
    }
}
