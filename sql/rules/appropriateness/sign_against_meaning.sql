-- What is good when it is high has at least (≥), what is good when it is low has at most (≤), as the name says.
with

indicators as (
    select * from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        coalesce(indicators.level2 || '：', '') || indicators.indicator_raw as evidence
    from indicators
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
    where
        indicators.target_kind in ('percent', 'quantity', 'money')
        and polarities.polarity_source <> 'comparator'
        and case
            when indicators.comparator in ('>=', '>')
                then
                    (polarities.polarity = 'lower' and polarities.is_certain)
                    or (
                        indicators.level2_group = '成本'
                        and indicators.target_kind = 'money'
                        and (
                            polarities.polarity = 'lower'
                            or (
                                polarities.polarity = 'fixed'
                                and not regexp_matches(indicators.indicator_raw, '标准|补贴|补助|津贴|工资|报酬|待遇|抚恤|救助|奖励')
                            )
                        )
                    )
            when indicators.comparator in ('<=', '<')
                then
                    (polarities.polarity = 'higher' and polarities.is_certain)
                    or (
                        polarities.polarity = 'higher'
                        and indicators.level2_group = '经济效益'
                        and regexp_matches(indicators.indicator_raw, '增收|收入|产值|利润|收益')
                    )
                    -- What a project gives to people is at least so much; what it spends on itself may be at most.
                    or (
                        polarities.polarity = 'size'
                        and indicators.target_kind = 'quantity'
                        and indicators.level2_group = '数量'
                        and regexp_matches(
                            indicators.indicator_raw,
                            '宣传|培训|发放|补助|补贴|保障|建设|新建|修建|安装|改造|种植|绿化|巡查|走访|慰问|演练|服务|受益|帮扶|养护|清运|整治'
                        )
                        and not regexp_matches(indicators.indicator_raw, '会议|接待|保有量|采购|购买|购置|印刷|用车|压减|控制|限制|耗|库存|间隔')
                    )
            else false
        end
)

select * from offending
