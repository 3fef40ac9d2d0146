using System.Globalization;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>How long, how much and how bad. tests/chaos.sh sets the variables; without them it is the short form.</summary>
internal sealed record ChaosSettings(TimeSpan Duration, int Seed, double Rate, TimeSpan FaultEvery, string? Report)
{
    private const double ShortSeconds = 15;
    private const double ShortFaultEvery = 3;
    private const double ShortRate = 4;
    private const int ShortSeed = 6;

    /// <summary>What the environment says.</summary>
    public static ChaosSettings Read() => new(
        TimeSpan.FromSeconds(Number("CHATOPS_CHAOS_SECONDS", ShortSeconds)), (int)Number("CHATOPS_CHAOS_SEED", ShortSeed), Number("CHATOPS_CHAOS_RATE", ShortRate),
        TimeSpan.FromSeconds(Number("CHATOPS_CHAOS_FAULT_EVERY", ShortFaultEvery)), Environment.GetEnvironmentVariable("CHATOPS_CHAOS_REPORT"));

    /// <summary>Whether a mode is wanted; both are without a word.</summary>
    public static bool Wants(string mode) => Environment.GetEnvironmentVariable("CHATOPS_CHAOS_MODE") is not { Length: > 0 } wanted || wanted == mode;

    private static double Number(string name, double otherwise) => double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
