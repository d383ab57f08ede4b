-- No indicator name holds a known slip of the pen (the list is that of transforms/words/typos.csv).
with

indicators as (
    select * from staging.stg_indicators
),

slips (wrong, meant) as (
    values
    ('社会影响了', '社会影响力'),
    ('基础实施', '基础设施'),
    ('反本', '返本'),
    ('总客', '总额'),
    ('满益度', '满意度'),
    ('满意渡', '满意度'),
    ('群从', '群众'),
    ('拨负', '拨付'),
    ('按排', '安排'),
    ('既时', '及时'),
    ('即时率', '及时率'),
    ('合格律', '合格率'),
    ('完成律', '完成率'),
    ('优良律', '优良率'),
    ('及时律', '及时率'),
    ('满意律', '满意率'),
    ('知晓律', '知晓率'),
    ('硬花', '硬化'),
    ('保璋', '保障'),
    ('运传', '运转'),
    ('竣功', '竣工'),
    ('效宜', '效益'),
    ('持序', '持续'),
    ('补帖', '补贴'),
    ('补肋', '补助'),
    ('培洲', '培训'),
    ('合恪', '合格')
),

names as (
    select distinct indicator_raw
    from indicators
),

misspelt as (
    select
        names.indicator_raw,
        slips.wrong,
        slips.meant
    from names
    inner join slips
        on contains(regexp_replace(names.indicator_raw, '\s', '', 'g'), slips.wrong)
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '“' || misspelt.wrong || '”疑为“' || misspelt.meant || '”' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.indicator_raw as evidence
    from indicators
    inner join misspelt
        on indicators.indicator_raw = misspelt.indicator_raw
)

select * from offending
