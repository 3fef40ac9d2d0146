using ChatOps.Scheduling.Times;

namespace ChatOps.Scheduling;

/// <summary><c>Review</c>: the report on the last day that comes by itself.</summary>
public sealed class ReviewOptions
{
    /// <summary>Whether it comes. Default true, once there is a check or a model.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When, as a cron expression of the gateway's clock. Default 04:00 each day.</summary>
    public string When { get; set; } = "0 4 * * *";

    /// <summary>Where: <c>slack:#ops</c>; null for a conversation of its own in the owner's console.</summary>
    public string? Target { get; set; }

    /// <summary>What is wrong with a time; null when nothing is.</summary>
    public static string? CheckWhen(string value)
    {
        try
        {
            _ = CronTimes.Read(value, TimeZoneInfo.Utc);
            return null;
        }
        catch (FormatException e)
        {
            return $"must be a cron expression such as \"0 4 * * *\": {e.Message}";
        }
    }
}
