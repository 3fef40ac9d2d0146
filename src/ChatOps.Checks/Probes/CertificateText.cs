using System.Globalization;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>How long a certificate is valid, as an observation.</summary>
internal static class CertificateText
{
    /// <summary>The days that are left; nothing about it passes by itself.</summary>
    public static Observation Of(string target, string what, DateTimeOffset ends, DateTimeOffset now)
    {
        var days = Math.Round((ends - now).TotalDays, 1);
        var text = days < 0
            ? string.Create(CultureInfo.InvariantCulture, $"{what} ended {-days:0.#} days ago, on {ends:yyyy-MM-dd HH:mm} UTC.")
            : string.Create(CultureInfo.InvariantCulture, $"{what} ends in {days:0.#} days, on {ends:yyyy-MM-dd HH:mm} UTC.");
        return new Observation(target, days < 0 ? CheckLevel.Critical : null, days, text) { Transient = false };
    }
}
