namespace ChatOps.Checks;

/// <summary>When a model looks into findings (<c>Checks:Investigations</c>).</summary>
public sealed class InvestigationOptions
{
    /// <summary>Limits of <see cref="PerHour"/>.</summary>
    public static readonly (int Min, int Max) PerHourRange = (1, 1000);

    /// <summary>Limits of <see cref="AtOnce"/>.</summary>
    public static readonly (int Min, int Max) AtOnceRange = (1, 50);

    /// <summary>Whether a model is asked at all, where one is set up. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many findings are looked into in an hour; the others are told as they are. 1 to 1,000; default 6.</summary>
    public int PerHour { get; set; } = 6;

    /// <summary>How many are looked into at once. 1 to 50; default 2.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>In whose name: a person of access.yaml. Default <c>checks</c>, the service that only reads.</summary>
    public string As { get; set; } = CheckService.Principal;
}
